/**
 * Moves the bytes of objects from one ciphertext store into another while they are used, and keeps
 * how far that has come. Knows no use case.
 */
@NullMarked
package org.hikae.backup.move.store;

import org.jspecify.annotations.NullMarked;
