using Vittne.Engine.Decode;
using Vittne.Engine.Output;

namespace Vittne.Cli.Tests;

public sealed class RecordsDocumentTests
{
    [Fact]
    public void Page_about_records_is_the_one_that_the_schemas_make() => Golden.VerifyFile(RecordsDocument.Write(), Path.Combine("docs", "records.md"));

    [Fact]
    public void Each_path_of_each_schema_is_a_column_that_can_be_asked_for()
    {
        foreach (Decoder decoder in DecoderRegistry.All)
        {
            foreach (string path in FieldPaths.Of(decoder.Schema.Fields))
            {
                Assert.Contains(path, FieldPaths.Resolve($"{decoder.Schema.Name}.{path}", decoder.Schema));
            }
        }
    }
}
