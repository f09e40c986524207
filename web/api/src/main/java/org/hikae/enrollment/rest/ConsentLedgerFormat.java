package org.hikae.enrollment.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** A ledger in the form that was asked for. */
final class ConsentLedgerFormat {

  private static final String CSV = "text/csv;charset=UTF-8";

  private ConsentLedgerFormat() {}

  /** Whether CSV is wanted; refused when it is something that there is not. */
  static boolean csv(@Nullable String format) {
    return switch (format) {
      case "csv" -> true;
      case "json" -> false;
      case null -> false;
      default -> throw Refusal.malformed("format must be json or csv.");
    };
  }

  static Response of(ConsentLedger ledger, boolean csv) {
    return csv
        ? Response.ok(ledger.csv(), CSV)
            .header("Content-Disposition", "attachment; filename=\"hikae-consent.csv\"")
            .build()
        : Response.ok(ledger, MediaType.APPLICATION_JSON).build();
  }
}
