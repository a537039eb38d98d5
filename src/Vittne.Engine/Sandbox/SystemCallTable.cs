using System.Runtime.InteropServices;

namespace Vittne.Engine.Sandbox;

/// <summary>Numbers of the system calls that the filter speaks of, on one architecture (<c>asm/unistd.h</c>).</summary>
internal sealed class SystemCallTable
{
    /// <summary>AUDIT_ARCH_ value by which the kernel names the architecture.</summary>
    public required uint Architecture { get; init; }

    /// <summary>True when numbers from 0x40000000 on are a second set of the same calls (x32).</summary>
    public bool HasSecondSet { get; init; }

    /// <summary>clone(2); allowed for threads only.</summary>
    public required uint Clone { get; init; }

    /// <summary>clone3(2); its flags cannot be looked at, and libc falls back to clone(2).</summary>
    public required uint Clone3 { get; init; }

    /// <summary>open(2); 0 where there is none.</summary>
    public uint Open { get; init; }

    /// <summary>openat(2).</summary>
    public required uint OpenAt { get; init; }

    /// <summary>No verb needs these: other programs and processes, mounts, modules, keys, clocks, and the parts of the kernel that fail most.</summary>
    public required uint[] Never { get; init; }

    /// <summary>Sockets: new ones, and addressed messages on open ones (a capture ring is one).</summary>
    public required uint[] Network { get; init; }

    /// <summary>Making, removing, renaming and marking files.</summary>
    public required uint[] Files { get; init; }

    private static SystemCallTable X64 { get; } = new()
    {
        Architecture = 0xC000_003E,
        HasSecondSet = true,
        Clone = 56,
        Clone3 = 435,
        Open = 2,
        OpenAt = 257,
        Never =
        [
            // fork vfork execve execveat, ptrace process_vm_readv process_vm_writev kcmp pidfd_send_signal pidfd_open pidfd_getfd process_madvise
            57, 58, 59, 322, 101, 310, 311, 312, 424, 434, 438, 440,

            // mount umount2 pivot_root chroot swapon swapoff acct quotactl open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr setns unshare
            165, 166, 155, 161, 167, 168, 163, 179, 428, 429, 430, 431, 432, 433, 442, 308, 272,

            // reboot sethostname setdomainname init_module finit_module delete_module kexec_load kexec_file_load iopl ioperm modify_ldt personality syslog
            169, 170, 171, 175, 313, 176, 246, 320, 172, 173, 154, 135, 103,

            // bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register add_key request_key keyctl lookup_dcookie
            321, 298, 323, 425, 426, 427, 248, 249, 250, 212,

            // settimeofday clock_settime adjtimex clock_adjtime, name_to_handle_at open_by_handle_at openat2
            164, 227, 159, 305, 303, 304, 437,
        ],

        // socket connect accept accept4 bind listen socketpair sendto sendmsg sendmmsg
        Network = [41, 42, 43, 288, 49, 50, 53, 44, 46, 307],

        // creat rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod mknodat chmod fchmodat fchmodat2
        // chown lchown fchownat truncate setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr utimensat
        Files =
        [
            85, 82, 264, 316, 86, 265, 88, 266, 87, 263, 83, 258, 84, 133, 259, 90, 268, 452,
            92, 94, 260, 76, 188, 189, 190, 197, 198, 199, 280,
        ],
    };

    private static SystemCallTable Arm64 { get; } = new()
    {
        Architecture = 0xC000_00B7,
        Clone = 220,
        Clone3 = 435,
        OpenAt = 56,

        // The same calls in the same order, without those that only x86 has.
        Never =
        [
            221, 281, 117, 270, 271, 272, 424, 434, 438, 440,
            40, 39, 41, 51, 224, 225, 89, 60, 428, 429, 430, 431, 432, 433, 442, 268, 97,
            142, 161, 162, 105, 273, 106, 104, 294, 92, 116,
            280, 241, 282, 425, 426, 427, 217, 218, 219, 18,
            170, 112, 171, 266, 264, 265, 437,
        ],
        Network = [198, 203, 202, 242, 200, 201, 199, 206, 211, 269],
        Files = [38, 276, 37, 36, 35, 34, 33, 53, 452, 54, 45, 5, 6, 7, 14, 15, 16, 88],
    };

    /// <summary>The table of the running architecture; null when there is none, and so no filter.</summary>
    public static SystemCallTable? OfThisMachine() => Of(RuntimeInformation.ProcessArchitecture);

    /// <summary>The table of an architecture.</summary>
    public static SystemCallTable? Of(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        _ => null,
    };
}
