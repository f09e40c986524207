/** When stored objects are read again, without anybody asking. */
@NullMarked
package org.hikae.backup.timer;

import org.jspecify.annotations.NullMarked;
