/**
 * What decides about objects, snapshots and runs without touching a database or a container: the
 * form of requests, the arithmetic of object lists, and how much may be in flight.
 */
@NullMarked
package org.hikae.backup.control;

import org.jspecify.annotations.NullMarked;
