using CsCheck;
using Vittne.Protocols.Sessions;

namespace Vittne.Protocols.Tests.Sessions;

public sealed class NumberedPiecesTests
{
    [Fact]
    public void Pieces_in_any_order_and_twice_come_out_in_order() =>
        Gen.Shuffle(Enumerable.Range(5, 12).ToArray()).Sample(numbers =>
        {
            var pieces = new NumberedPieces();
            pieces.Begin(5);
            List<int> taken = [];
            foreach (int number in numbers.Concat(numbers))
            {
                if (pieces.TryAdvance(number))
                {
                    taken.Add(number);
                }
                else
                {
                    pieces.Keep(number, [(byte)number]);
                }

                while (pieces.TryTake(isLast: false, out byte[] piece, out bool isBehindGap))
                {
                    Assert.False(isBehindGap);
                    taken.Add(piece[0]);
                }
            }

            return taken.SequenceEqual(Enumerable.Range(5, 12));
        });

    [Fact]
    public void Missing_piece_is_given_up_when_many_wait_and_at_the_end()
    {
        var pieces = new NumberedPieces();
        pieces.Begin(1);
        for (int number = 2; number <= 17; number++)
        {
            pieces.Keep(number, [1]);
        }

        Assert.False(pieces.TryTake(isLast: false, out _, out _));
        Assert.True(pieces.TryTake(isLast: true, out _, out bool isBehindGap));
        Assert.True(isBehindGap);
        pieces.Keep(19, [1]);
        pieces.Keep(20, [1]);

        Assert.True(pieces.TryTake(isLast: false, out _, out isBehindGap));
        Assert.False(isBehindGap);
    }

    [Fact]
    public void What_waits_is_bounded()
    {
        var pieces = new NumberedPieces();
        pieces.Begin(1);
        pieces.Keep(3, new byte[40_000]);
        Assert.False(pieces.TryTake(isLast: false, out _, out _));

        pieces.Keep(4, new byte[40_000]);

        Assert.True(pieces.TryTake(isLast: false, out byte[] piece, out bool isBehindGap));
        Assert.Equal((40_000, true, 4L), (piece.Length, isBehindGap, pieces.Next));
    }
}
