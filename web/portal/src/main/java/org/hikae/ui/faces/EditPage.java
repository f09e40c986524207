package org.hikae.ui.faces;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A page that edits one thing, or a new one, and shows what somebody else has saved meanwhile.
 *
 * @param <V> the thing as it stands
 */
public abstract class EditPage<V extends Serializable> implements Serializable {

  private @Nullable Long id;
  private @Nullable Long edition;
  private @Nullable V current;
  private long currentEdition;

  /** Reads the thing named in the address, or offers a new one. */
  public abstract void load() throws IOException;

  /** This edition is edited. */
  protected void edits(long read) {
    edition = read;
  }

  /** The edition that is edited; null for a new thing. */
  protected @Nullable Long edition() {
    return edition;
  }

  /** Somebody else has saved this meanwhile. */
  protected void conflictsWith(V stands, long savedEdition) {
    current = stands;
    currentEdition = savedEdition;
  }

  /** Goes on with one's own values, over what stands now. */
  public void keepMine() {
    if (current != null) {
      edition = currentEdition;
    }
    current = null;
  }

  /** Takes what stands now. */
  public void takeTheirs() throws IOException {
    current = null;
    load();
  }

  /** What somebody else has put there meanwhile; null when nobody has. */
  public @Nullable V getCurrent() {
    return current;
  }

  /** Its number; null for a new one. */
  public @Nullable Long getId() {
    return id;
  }

  /** Sets the number from the address. */
  public void setId(@Nullable Long id) {
    this.id = id;
  }
}
