package org.hikae.enrollment.distribution.view;

/** Why a file of the folder of packages is not offered. */
public enum AgentPackageFault {
  /** The folder itself is not there or cannot be read. */
  FOLDER,
  /** There are more files than the portal looks at; none is offered. */
  TOO_MANY,
  /** It is a folder, a link, or anything else but a file. */
  NO_FILE,
  /** No package of the agent is called so. */
  NAME,
  /** It is empty, or larger than any package. */
  SIZE,
  /** It cannot be read. */
  UNREADABLE,
  /** Others than its owner may write into it. */
  OPEN,
  /** It is not the kind of file that its name says, or it is cut off or damaged. */
  FORMAT,
  /** Its control part is compressed by something else than gzip. */
  COMPRESSION,
  /** It is a package of another program, version or architecture than its name says. */
  CONTENT,
  /** {@code SHA256SUMS} does not name it, or names another hash. */
  CHECKSUM,
  /** It is the list of hashes, and longer than any list of as many packages as there may be. */
  LIST_SIZE,
  /** It is the list of hashes, and the key that is set has not signed it. */
  SIGNATURE,
  /** The file of the authority holds no certificate, or something else. */
  AUTHORITY
}
