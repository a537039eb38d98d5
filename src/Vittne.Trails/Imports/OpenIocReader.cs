using System.Text;
using System.Xml;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Imports;

/// <summary>
/// Reads an OpenIOC document (1.0 and 1.1). Items below <c>OR</c> stand for themselves; of items below <c>AND</c> only a remote address and
/// port together can become a trail. Document types are refused: entities of hostile documents grow without bound.
/// </summary>
internal static class OpenIocReader
{
    private const int MaxDepth = 64;

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidDataException">The text is no XML, or has a document type.</exception>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(text.ToArray()), settings);
            new Walk(reader, builder).Run();
        }
        catch (XmlException e)
        {
            throw new InvalidDataException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is no OpenIOC document: it breaks in line {Math.Max(e.LineNumber, 1)}"), e);
        }
    }

    private sealed class Walk(XmlReader reader, ListBuilder builder)
    {
        private readonly List<string> _links = [];
        private readonly Stack<IocGroup> _groups = new();
        private string _name = "";
        private bool _hasBegun;

        /// <summary>Reads to the end.</summary>
        public void Run()
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "Indicator")
                {
                    Close();
                }
                else if (reader.NodeType == XmlNodeType.Element)
                {
                    OnElement();
                }
            }
        }

        private void OnElement()
        {
            switch (reader.LocalName)
            {
                case "short_description" when !_hasBegun:
                    _name = Text();
                    break;
                case "link" when !_hasBegun && (reader.GetAttribute("href") ?? Text()) is string url && url.Contains("://", StringComparison.Ordinal):
                    _links.Add(url);
                    break;
                case "Indicator":
                    Open();
                    break;
                case "IndicatorItem":
                    Item();
                    break;
                default:
                    break;
            }
        }

        private void Open()
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                builder.OnObject(_links);
            }

            bool joins = string.Equals(reader.GetAttribute("operator"), "AND", StringComparison.OrdinalIgnoreCase);
            if (_groups.Count >= MaxDepth)
            {
                throw new InvalidDataException("nests its indicators too deep");
            }

            bool isJoined = false;
            if (_groups.TryPeek(out IocGroup? parent))
            {
                parent.HasGroups = true;
                isJoined = parent.Joins || parent.IsJoined;
            }

            _groups.Push(new IocGroup(joins, isJoined));
            if (reader.IsEmptyElement)
            {
                Close();
            }
        }

        private void Close()
        {
            if (!_groups.TryPop(out IocGroup? group))
            {
                return;
            }

            if (group.IsJoined || (group.Joins && group.HasGroups))
            {
                // Below an AND nothing stands for itself.
                group.Items.ForEach(Refuse);
            }
            else if (group.Joins && group.Items.Count > 1)
            {
                Join(group.Items);
            }
            else
            {
                group.Items.ForEach(Tell);
            }
        }

        private void Join(List<IocItem> items)
        {
            int address = items.FindIndex(item => item.Search is "PortItem/remoteIP" or "Network/RemoteIP");
            int port = items.FindIndex(item => item.Search is "PortItem/remotePort" or "Network/RemotePort");
            if (items.Count == 2 && address >= 0 && port >= 0 && items.TrueForAll(item => item.Condition is "is" or ""))
            {
                string host = items[address].Content;
                builder.Add("ip:", host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{items[port].Content}" : $"{host}:{items[port].Content}", Place(items[address]));
                return;
            }

            items.ForEach(Refuse);
        }

        private void Refuse(IocItem item) => builder.AddFault(LineFault.Unsupported, item.ToString(), Place(item));

        private void Tell(IocItem item)
        {
            (string prefix, string value) = item.Indicator();
            if (prefix.Length == 0)
            {
                Refuse(item);
            }
            else
            {
                builder.Add(prefix, value, Place(item));
            }
        }

        private ObjectPlace Place(IocItem item)
        {
            string info = builder.Options.Info ?? (_name.Length > 0 ? _name : builder.DefaultInfo());
            return new ObjectPlace(item.Number, item.Id, builder.Meta(info, "OpenIOC (custom)", TrailCategory.Custom));
        }

        private void Item()
        {
            builder.List.LineCount++;
            builder.List.ContentLines++;
            string id = reader.GetAttribute("id") ?? "";
            string condition = (reader.GetAttribute("condition") ?? "").ToLowerInvariant();
            bool isNegated = string.Equals(reader.GetAttribute("negate"), "true", StringComparison.OrdinalIgnoreCase);
            string search = "";
            string content = "";
            if (!reader.IsEmptyElement)
            {
                int depth = reader.Depth;
                while (reader.Read() && reader.Depth > depth)
                {
                    if (reader.NodeType != XmlNodeType.Element)
                    {
                        continue;
                    }

                    if (reader.LocalName == "Context")
                    {
                        search = reader.GetAttribute("search") ?? "";
                    }
                    else if (reader.LocalName == "Content")
                    {
                        content = Text();
                    }
                }
            }

            var item = new IocItem(builder.List.LineCount, id, isNegated ? "not" : condition, search, content);
            if (_groups.TryPeek(out IocGroup? group))
            {
                group.Items.Add(item);
            }
            else
            {
                Tell(item);
            }
        }

        /// <summary>The text within the element; the reader stays on its end.</summary>
        private string Text()
        {
            var text = new StringBuilder();
            if (!reader.IsEmptyElement)
            {
                int depth = reader.Depth;
                while (reader.Read() && reader.Depth > depth)
                {
                    if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < IndicatorParser.MaxLength)
                    {
                        text.Append(reader.Value);
                    }
                }
            }

            return text.ToString().Trim();
        }
    }
}
