namespace Vittne.Mutations;

/// <summary>Something that reads hostile bytes. It must end, and may throw nothing, whatever they are.</summary>
/// <param name="name">What <c>--target</c> calls it.</param>
internal abstract class FuzzTarget(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes at the front that are damaged seldom.</summary>
    public virtual int ProtectedLength => 2;

    /// <summary>True when the inputs are whole captures.</summary>
    public virtual bool TakesCaptures => false;

    /// <summary>Good inputs to damage, besides those found in captures.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>A conversation of captures as an input of this target; null when it is none of its kind.</summary>
    /// <param name="protocol">The protocol that was recognised.</param>
    /// <param name="isStream">True for TCP, false for UDP.</param>
    /// <param name="conversation">Its segments.</param>
    public virtual byte[]? SeedOf(string protocol, bool isStream, byte[] conversation) => null;

    /// <summary>Reads an input.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="seen">What is told of them.</param>
    public abstract void Run(byte[] input, Observer seen);
}
