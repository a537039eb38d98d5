using System.Buffers.Binary;
using Vittne.Engine.Flows.Writing.Export;

namespace Vittne.Engine.Flows.Reading.Export;

/// <summary>Templates as an input tells them, by domain and number; a later one replaces an earlier one.</summary>
internal sealed class ExportTemplates
{
    private const int MaxTemplates = 4_096;
    private const int MaxFields = 512;
    private const int FieldLength = 4;

    private readonly Dictionary<(uint Domain, ushort Id), ExportField[]> _templates = [];

    /// <summary>The fields of a template; null when it was not told.</summary>
    public ExportField[]? Find(uint domain, ushort id) => _templates.GetValueOrDefault((domain, id));

    /// <summary>Reads a set of templates. False when it is damaged.</summary>
    public bool TryRead(uint domain, ReadOnlySpan<byte> set, bool hasEnterprises)
    {
        while (set.Length >= FieldLength)
        {
            ushort id = BinaryPrimitives.ReadUInt16BigEndian(set);
            int count = BinaryPrimitives.ReadUInt16BigEndian(set[2..]);
            if (id < ExportTemplate.FirstId)
            {
                // Padding.
                return id == 0;
            }

            set = set[FieldLength..];
            if (count > MaxFields)
            {
                return false;
            }

            var fields = new ExportField[count];
            int minimum = 0;
            for (int i = 0; i < count; i++)
            {
                if (!TryReadField(ref set, hasEnterprises, out fields[i]))
                {
                    return false;
                }

                minimum += fields[i].Length == ExportField.Variable ? 1 : fields[i].Length;
            }

            // A record without bytes would never end. A withdrawal has no fields.
            if (minimum > 0 && (_templates.Count < MaxTemplates || _templates.ContainsKey((domain, id))))
            {
                _templates[(domain, id)] = fields;
            }
            else if (count == 0)
            {
                _templates.Remove((domain, id));
            }
        }

        return true;
    }

    private static bool TryReadField(ref ReadOnlySpan<byte> set, bool hasEnterprises, out ExportField field)
    {
        field = default;
        if (set.Length < FieldLength)
        {
            return false;
        }

        ushort element = BinaryPrimitives.ReadUInt16BigEndian(set);
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(set[2..]);
        set = set[FieldLength..];
        if (!hasEnterprises || (element & ExportField.EnterpriseBit) == 0)
        {
            field = new ExportField((ExportElement)element, length);
            return true;
        }

        if (set.Length < FieldLength)
        {
            return false;
        }

        bool isReverse = BinaryPrimitives.ReadUInt32BigEndian(set) == ExportField.ReverseEnterprise;
        set = set[FieldLength..];

        // Elements of other enterprises are skipped: no element has the number zero.
        field = new ExportField(isReverse ? (ExportElement)(element & ~ExportField.EnterpriseBit) : 0, length, isReverse);
        return true;
    }
}
