using System.Net;
using Vittne.Packets;

namespace Vittne.Trails.Tests.Index;

/// <summary>Look-ups in words: the indicator that answers, or null.</summary>
internal static class Ask
{
    public static string? Address(ITrailIndex index, string address) => index.TryFindAddress(Parse(address), out int trail) ? index.Get(trail).Indicator : null;

    public static string? Endpoint(ITrailIndex index, string address, ushort port) =>
        index.TryFindEndpoint(Parse(address), port, out int trail) ? index.Get(trail).Indicator : null;

    public static string? Domain(ITrailIndex index, string name) =>
        index.TryFindDomain(System.Text.Encoding.UTF8.GetBytes(name), out int trail, out int start) && name[start..] == index.Get(trail).Indicator ? index.Get(trail).Indicator : null;

    public static string? Url(ITrailIndex index, string key) => index.TryFindUrl(System.Text.Encoding.UTF8.GetBytes(key), out int trail) ? index.Get(trail).Indicator : null;

    public static string? Digest(ITrailIndex index, TrailKind kind, string key) =>
        index.TryFindFingerprint(kind, System.Text.Encoding.UTF8.GetBytes(key), out int trail) ? index.Get(trail).Indicator : null;

    public static IpAddress Parse(string text)
    {
        byte[] bytes = IPAddress.Parse(text).GetAddressBytes();
        return bytes.Length == 4
            ? IpAddress.FromV4(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new IpAddress(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes), System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8)));
    }
}
