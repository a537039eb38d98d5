using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Match;

/// <summary>
/// A filter for packets of one link type, for loops over many of them. Can be used by many threads at once; allocates nothing.
/// </summary>
public sealed class FilterProgram
{
    private readonly MatchInstruction[] _steps;
    private readonly NumberSet[] _sets;
    private readonly int _slots;
    private readonly bool _needsZeros;

    internal FilterProgram(MatchInstruction[] steps, NumberSet[] sets, int slots, bool needsZeros)
    {
        _steps = steps;
        _sets = sets;
        _slots = slots;
        _needsZeros = needsZeros;
    }

    /// <summary>All packets match.</summary>
    public bool AcceptsAll => _steps[0].Operation == MatchOperation.Accept;

    /// <summary>No packet can match.</summary>
    public bool RejectsAll => _steps[0].Operation == MatchOperation.Reject;

    /// <summary>Whether a packet matches.</summary>
    /// <param name="captured">The bytes that were captured; a load beyond them makes the packet one that does not match.</param>
    /// <param name="originalLength">Bytes on the wire: what <c>len</c> is.</param>
    [SkipLocalsInit]
    public bool Matches(ReadOnlySpan<byte> captured, int originalLength)
    {
        Span<uint> memory = stackalloc uint[_slots];
        if (_needsZeros)
        {
            memory.Clear();
        }

        // Steps and slots are numbered by the compiler, never by a packet: their bounds need no test at each step.
        ref uint slots = ref MemoryMarshal.GetReference(memory);
        ref MatchInstruction steps = ref MemoryMarshal.GetArrayDataReference(_steps);
        int at = 0;
        while (true)
        {
            ref MatchInstruction step = ref Unsafe.Add(ref steps, at);
            uint offset = step.Offset;
            uint value;
            switch (step.Operation)
            {
                case MatchOperation.Reject:
                    return false;
                case MatchOperation.Accept:
                    return true;
                case MatchOperation.TestByte:
                    if (offset >= (uint)captured.Length)
                    {
                        return false;
                    }

                    value = captured[(int)offset];
                    Unsafe.Add(ref slots, step.Target) = value;
                    at = (value & step.Mask) == step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.TestHalf:
                    if ((ulong)offset + 2 > (uint)captured.Length)
                    {
                        return false;
                    }

                    value = BinaryPrimitives.ReadUInt16BigEndian(captured[(int)offset..]);
                    Unsafe.Add(ref slots, step.Target) = value;
                    at = (value & step.Mask) == step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.TestWord:
                    if ((ulong)offset + 4 > (uint)captured.Length)
                    {
                        return false;
                    }

                    value = BinaryPrimitives.ReadUInt32BigEndian(captured[(int)offset..]);
                    Unsafe.Add(ref slots, step.Target) = value;
                    at = (value & step.Mask) == step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.TestHalfFrom:
                    ulong place = (ulong)Unsafe.Add(ref slots, step.Left) + offset;
                    if (place + 2 > (uint)captured.Length)
                    {
                        return false;
                    }

                    value = BinaryPrimitives.ReadUInt16BigEndian(captured[(int)place..]);
                    Unsafe.Add(ref slots, step.Target) = value;
                    at = (value & step.Mask) == step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.TestSlot:
                    at = (Unsafe.Add(ref slots, step.Left) & step.Mask) == step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.TestSet:
                    at = _sets[offset].Contains(Unsafe.Add(ref slots, step.Left) & step.Mask) ? step.True : step.False;
                    continue;
                case MatchOperation.GreaterNumber:
                    at = Unsafe.Add(ref slots, step.Left) > step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.GreaterOrEqualNumber:
                    at = Unsafe.Add(ref slots, step.Left) >= step.Number ? step.True : step.False;
                    continue;
                case MatchOperation.EqualSlot:
                    at = Unsafe.Add(ref slots, step.Left) == Unsafe.Add(ref slots, step.Right) ? step.True : step.False;
                    continue;
                case MatchOperation.GreaterSlot:
                    at = Unsafe.Add(ref slots, step.Left) > Unsafe.Add(ref slots, step.Right) ? step.True : step.False;
                    continue;
                case MatchOperation.GreaterOrEqualSlot:
                    at = Unsafe.Add(ref slots, step.Left) >= Unsafe.Add(ref slots, step.Right) ? step.True : step.False;
                    continue;
                case MatchOperation.HeaderLength:
                    if (offset >= (uint)captured.Length)
                    {
                        return false;
                    }

                    Unsafe.Add(ref slots, step.Target) = (captured[(int)offset] & 0x0fu) << 2;
                    break;
                default:
                    if (!TryCompute(in step, captured, originalLength, memory))
                    {
                        return false;
                    }

                    break;
            }

            at++;
        }
    }

    /// <summary>The rarer steps.</summary>
    private static bool TryCompute(in MatchInstruction step, ReadOnlySpan<byte> captured, int originalLength, Span<uint> slots)
    {
        ref uint target = ref slots[step.Target];
        switch (step.Operation)
        {
            case MatchOperation.LoadByte:
                return LinkWalks.TryLoad(captured, 0, step.Offset, 1, out target);
            case MatchOperation.LoadHalf:
                return LinkWalks.TryLoad(captured, 0, step.Offset, 2, out target);
            case MatchOperation.LoadWord:
                return LinkWalks.TryLoad(captured, 0, step.Offset, 4, out target);
            case MatchOperation.LoadByteFrom:
                return LinkWalks.TryLoad(captured, slots[step.Left], step.Offset, 1, out target);
            case MatchOperation.LoadHalfFrom:
                return LinkWalks.TryLoad(captured, slots[step.Left], step.Offset, 2, out target);
            case MatchOperation.LoadWordFrom:
                return LinkWalks.TryLoad(captured, slots[step.Left], step.Offset, 4, out target);
            case MatchOperation.Length:
                target = (uint)originalLength;
                return true;
            case MatchOperation.Constant:
                target = step.Offset;
                return true;
            case MatchOperation.Move:
                target = slots[step.Left];
                return true;
            case MatchOperation.Negate:
                target = 0u - slots[step.Left];
                return true;
            case MatchOperation.Arithmetic:
                return ValuePool.TryCompute(step.Arithmetic, slots[step.Left], slots[step.Right], out target);
            case MatchOperation.WirelessHeader:
                return LinkWalks.TryHeader(captured, step.Kind, step.Mask == 0 ? 0 : slots[step.Left], out target);
            default:
                return LinkWalks.TryChain(captured, slots[step.Left], step.Kind == 6, step.Offset, out target);
        }
    }
}
