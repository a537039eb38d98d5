namespace Vittne.Engine.Info.Deep;

/// <summary>Looks at all packets of a capture in their order, in bounded memory.</summary>
internal abstract class DeepAnalysis
{
    /// <summary>Takes the next packet.</summary>
    public abstract void Add(in DeepPacket packet);

    /// <summary>Tells what was found. Called once, after the last packet of all analyses.</summary>
    public abstract void Tell(DeepReport report);

    /// <summary>Part of a whole between 0 and 1, four decimals; 0 of nothing.</summary>
    protected static double Share(long part, long whole) => whole > 0 ? Math.Round((double)part / whole, 4) : 0;
}
