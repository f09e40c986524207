/** What people are told about, by name. */
@NullMarked
package org.hikae.notice.wire;

import org.jspecify.annotations.NullMarked;
