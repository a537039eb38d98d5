namespace Vittne.Trails.Heuristics.Requests;

/// <summary>A set of <see cref="InjectionClass"/> values as bits.</summary>
internal readonly record struct InjectionClasses(int Bits)
{
    public const int Count = (int)InjectionClass.DnsChanger + 1;

    public static InjectionClasses All { get; } = new((1 << Count) - 1);

    public bool IsEmpty => Bits == 0;

    public static InjectionClasses Of(params ReadOnlySpan<InjectionClass> classes)
    {
        int bits = 0;
        foreach (InjectionClass injection in classes)
        {
            bits |= 1 << (int)injection;
        }

        return new InjectionClasses(bits);
    }

    public bool Contains(InjectionClass injection) => (Bits & (1 << (int)injection)) != 0;

    public InjectionClasses Union(InjectionClasses other) => new(Bits | other.Bits);

    public InjectionClasses Without(InjectionClasses other) => new(Bits & ~other.Bits);
}
