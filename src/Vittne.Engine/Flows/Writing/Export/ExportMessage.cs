using System.Buffers.Binary;

namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>The message that is being filled: sets of templates and of records behind a header that the format writes.</summary>
internal sealed class ExportMessage(ExportTemplate[] templates, int headerLength, ushort templateSet, bool hasEnterprises, bool isPadded)
{
    /// <summary>Longest message in bytes: what passes every tunnel without being fragmented.</summary>
    public const int MaxLength = 1_400;

    private const int SetHeaderLength = 4;
    private const int Alignment = 4;

    private readonly byte[] _bytes = new byte[MaxLength];
    private readonly bool[] _isTold = new bool[templates.Length];
    private readonly int _headerLength = headerLength;
    private int _length = headerLength;
    private int _setStart = -1;
    private int _setTemplate = -1;

    /// <summary>Flow records in it.</summary>
    public int Records { get; private set; }

    /// <summary>Templates in it.</summary>
    public int Templates { get; private set; }

    /// <summary>True when a template stands in it.</summary>
    public bool Tells(int template) => _isTold[template];

    /// <summary>Appends a record, and its template before it when that is due. False when it does not fit: the message has to be sent first.</summary>
    public bool TryAdd(int template, bool isTemplateDue, ReadOnlySpan<byte> record)
    {
        int templateLength = isTemplateDue ? TemplateLength(templates[template]) : 0;
        bool isNewSet = _setTemplate != template || isTemplateDue;
        if (_length + (2 * Alignment) + templateLength + (isNewSet ? SetHeaderLength : 0) + record.Length > MaxLength)
        {
            return false;
        }

        if (isNewSet)
        {
            EndSet();
            if (isTemplateDue)
            {
                Tell(template);
            }

            _setStart = _length;
            _setTemplate = template;
            Put16(templates[template].Id);
            Put16(0);
        }

        record.CopyTo(_bytes.AsSpan(_length));
        _length += record.Length;
        Records++;
        return true;
    }

    /// <summary>The whole message; the header is still to be written.</summary>
    public Span<byte> End()
    {
        EndSet();
        return _bytes.AsSpan(0, _length);
    }

    /// <summary>Begins the next message.</summary>
    public void Clear()
    {
        _length = _headerLength;
        _setStart = -1;
        _setTemplate = -1;
        Records = 0;
        Templates = 0;
        Array.Clear(_isTold);
    }

    private int TemplateLength(ExportTemplate template)
    {
        int length = SetHeaderLength + 4 + (template.Fields.Length * 4);
        foreach (ExportField field in template.Fields)
        {
            length += field.IsReverse && hasEnterprises ? 4 : 0;
        }

        return length;
    }

    private void Tell(int index)
    {
        ExportTemplate template = templates[index];
        _setStart = _length;
        Put16(templateSet);
        Put16(0);
        Put16(template.Id);
        Put16((ushort)template.Fields.Length);
        foreach (ExportField field in template.Fields)
        {
            Put16((ushort)((ushort)field.Element | (field.IsReverse ? ExportField.EnterpriseBit : 0)));
            Put16(field.Length);
            if (field.IsReverse)
            {
                BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), ExportField.ReverseEnterprise);
                _length += 4;
            }
        }

        _isTold[index] = true;
        Templates++;
        EndSet();
    }

    private void EndSet()
    {
        if (_setStart < 0)
        {
            return;
        }

        while (isPadded && (_length - _setStart) % Alignment != 0)
        {
            _bytes[_length++] = 0;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_setStart + 2), (ushort)(_length - _setStart));
        _setStart = -1;
        _setTemplate = -1;
    }

    private void Put16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_length), value);
        _length += 2;
    }
}
