package org.hikae.identity.value;

/** Why the directory could not be read. */
public enum DirectoryReadFailure {
  /** No answer, or one that broke off. */
  KEYCLOAK_UNREACHABLE,
  /** An answer that says no, such as to a wrong secret or a missing right. */
  KEYCLOAK_REFUSED,
  /** Nobody was there: a realm that is being restored, or rights that hide everybody. */
  DIRECTORY_EMPTY,
  /** The portal's own fault, such as its database; its log says more. */
  INTERNAL
}
