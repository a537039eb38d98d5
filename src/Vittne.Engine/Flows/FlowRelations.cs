using Vittne.Flows.Metering;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows;

/// <summary>Which flow carries which, and which connections were announced: what no worker knows alone. Fed in packet order.</summary>
internal sealed class FlowRelations
{
    private const int MaxCarriers = 200_000;
    private const int MaxExpected = 4_096;

    private readonly Dictionary<FlowName, long> _carriers = [];
    private readonly Dictionary<long, long> _parents = [];
    private readonly Dictionary<FlowName, string> _expected = [];
    private readonly Queue<FlowName> _expectedOrder = [];

    /// <summary>Takes a hint.</summary>
    public void Take(in FlowHint hint)
    {
        switch (hint.Kind)
        {
            case FlowHintKind.CarrierBegan:
                if (_carriers.Count >= MaxCarriers)
                {
                    _carriers.Clear();
                }

                _carriers[hint.Name] = hint.FlowId;
                break;
            case FlowHintKind.InnerBegan:
                if (_carriers.TryGetValue(hint.Name, out long parent))
                {
                    _parents[hint.FlowId] = parent;
                }

                break;
            default:
                Expect(hint);
                break;
        }
    }

    /// <summary>Completes a record.</summary>
    public void Complete(FlowRecord record)
    {
        if (record.Context is { Tunnel: not null } context && _parents.TryGetValue(record.FlowId, out long parent))
        {
            context.Parent = parent;
            if (record.Status is null or "close")
            {
                _parents.Remove(record.FlowId);
            }
        }

        if (_expected.Count > 0 && record.ServiceBy != "content" && record.ProtocolNumber == Packets.IpProtocol.Tcp
            && (IsExpected(record.Destination, record.DestinationPort, out string? service) || IsExpected(record.Source, record.SourcePort, out service)))
        {
            (record.Service, record.ServiceBy) = (service, "content");
        }
    }

    private bool IsExpected(in FlowAddress address, int port, out string? service) => _expected.TryGetValue(FlowName.To(address.Ip, (ushort)port), out service);

    private void Expect(in FlowHint hint)
    {
        if (!_expected.ContainsKey(hint.Name))
        {
            if (_expectedOrder.Count == MaxExpected)
            {
                _expected.Remove(_expectedOrder.Dequeue());
            }

            _expectedOrder.Enqueue(hint.Name);
        }

        _expected[hint.Name] = hint.Service ?? "";
    }
}
