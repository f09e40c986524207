package org.hikae.device.cli.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.transfer.ReceiveKeyFlow;
import org.hikae.device.transfer.TransferCode;

/** Shows the six digits on the new device, as text, as a QR code, or in a page. */
final class ReceiveKeyPrinter implements ReceiveKeyFlow.CodeViewer {

  private final CommandOutput output;
  private final boolean blocks;

  /**
   * Shows by {@code output}.
   *
   * @param blocks whether the terminal can show block elements
   */
  ReceiveKeyPrinter(CommandOutput output, boolean blocks) {
    this.output = output;
    this.blocks = blocks;
  }

  @Override
  public void shows(TransferCode code) {
    TransferQrCode qr = TransferQrCode.of(code);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", code.shown());
    fields.put("qr", qr.rows());
    output.event("transfer-code", fields);
    if (output.dialog().isPresent()) {
      // Which shows the same in its own sentences, for as long as it is waited for.
      return;
    }
    output.say("transfer.show", spaced(code.shown()));
    if (blocks) {
      qr.lines().forEach(output::line);
    }
    output.say("transfer.waiting");
  }

  @Override
  public void wrong(int left) {
    output.note("transfer.wrong-answer", left);
  }

  private static String spaced(String digits) {
    int half = digits.length() / 2;
    return digits.substring(0, half) + " " + digits.substring(half);
  }
}
