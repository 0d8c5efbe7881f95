package dev.purser.projection;

import dev.purser.projection.books.BooksProjection;
import dev.purser.projection.customer.CustomerProjection;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Unsealer;
import dev.purser.projection.entry.EntryProjection;
import dev.purser.projection.margin.MarginProjection;
import dev.purser.projection.payout.PayoutProjection;
import dev.purser.projection.request.RequestProjection;
import dev.purser.projection.session.SessionProjection;
import dev.purser.projection.topup.TopUpProjection;
import dev.purser.projection.wallet.WalletProjection;
import java.util.List;

/** Every read model of the product. */
public final class ReadModels {
    private ReadModels() {}

    public static List<Projection> all(Unsealer unsealer) {
        return List.of(
                new WalletProjection(),
                new EntryProjection(unsealer),
                new CustomerProjection(unsealer),
                new SessionProjection(),
                new RequestProjection(),
                new TopUpProjection(),
                new MarginProjection(),
                new PayoutProjection(),
                new BooksProjection());
    }
}
