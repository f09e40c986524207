package org.hikae.device.cli.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.command.CommandOutputListener;
import org.jspecify.annotations.Nullable;

/** Keeps what was said for the person, and why it failed. Safe for several threads. */
public class WindowOutputListener implements CommandOutputListener {

  /** Most notes that are kept. */
  public static final int MAX_NOTES = 100;

  /** Of these, room for what is said at the end of a run, such as an alarm. */
  private static final int LAST_NOTES = 20;

  private final List<String> notes = new ArrayList<>();
  private @Nullable FailureView failure;

  @Override
  public synchronized void event(Map<String, Object> object) {
    if ("error".equals(object.get("event"))) {
      failure =
          new FailureView(
              String.valueOf(object.get("code")), String.valueOf(object.get("message")));
    }
  }

  @Override
  public synchronized void note(String sentence) {
    if (notes.size() < MAX_NOTES && !notes.contains(sentence)) {
      notes.add(sentence);
    }
  }

  /** The same of what a run may say thousands of times: it leaves room for what comes last. */
  protected synchronized void noteOneOfMany(String sentence) {
    if (notes.size() < MAX_NOTES - LAST_NOTES) {
      note(sentence);
    }
  }

  /** What the person was told, in order. */
  public synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /** Why it could not be done. */
  public synchronized @Nullable FailureView failure() {
    return failure;
  }
}
