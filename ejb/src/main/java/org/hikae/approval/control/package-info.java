/** Who may decide about a change, and when. */
@NullMarked
package org.hikae.approval.control;

import org.jspecify.annotations.NullMarked;
