/**
 * JSON records of objects, snapshots and runs. No field of any of them may name a file or a path.
 */
@NullMarked
package org.hikae.backup.wire;

import org.jspecify.annotations.NullMarked;
