/**
 * The group P-256 with strict decoding: the only place that touches curve arithmetic. Every element
 * in the program is a valid point other than the identity, every scalar is in [1, n-1]; the types
 * make other values impossible.
 */
@NullMarked
package org.hikae.crypto.group;

import org.jspecify.annotations.NullMarked;
