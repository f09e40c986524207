/**
 * The cryptography that vault and device must run identically. Never part of the server deployment:
 * the portal can neither evaluate a vault record nor open a backup.
 */
@NullMarked
package org.hikae.crypto;

import org.jspecify.annotations.NullMarked;
