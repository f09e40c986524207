package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.ObjectContent;
import org.hikae.backup.ciphertext.store.TransactionParticipant;
import org.hikae.hk1.Hash256;

/**
 * An object that waits for its transaction: it is sent right before the commit, so that one that is
 * refused leaves nothing. What was sent by a transaction whose commit fails is an orphan; when the
 * object comes again it is adopted where the server says that its bytes are right, and written over
 * else.
 */
final class S3Upload implements TransactionParticipant {

  private final S3Bucket bucket;
  private final String path;
  private final ObjectContent content;
  private final Hash256 name;

  S3Upload(S3Bucket bucket, String path, ObjectContent content, Hash256 name) {
    this.bucket = bucket;
    this.path = path;
    this.content = content;
    this.name = name;
  }

  /** Sends it now: what can be read only while the caller waits. */
  void send() throws IOException {
    switch (content) {
      case ObjectContent.InMemory _ -> {
        if (!bucket.putNew(path, content, name) && !isWhole()) {
          bucket.put(path, content, name);
        }
      }
      // Once it has been sent it cannot be sent again: what is there is looked at first.
      case ObjectContent.Streamed _ -> {
        if (!isWhole()) {
          bucket.put(path, content, name);
        }
      }
    }
  }

  private boolean isWhole() throws IOException {
    Optional<S3Bucket.FoundObject> found = bucket.find(path);
    return found.isPresent()
        && found.get().sizeBytes() == content.length()
        && found.get().checksum().filter(name::equals).isPresent();
  }

  @Override
  public void beforeCommit() throws IOException {
    send();
  }

  @Override
  public void afterEnd() {
    // What was sent in vain is collected by the nightly work.
  }
}
