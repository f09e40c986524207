/** The banner on the pages: what was done, or why it was refused. */
@NullMarked
package org.hikae.notice.faces;

import org.jspecify.annotations.NullMarked;
