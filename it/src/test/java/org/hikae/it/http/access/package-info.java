/** Who may call what, with which token and which session. */
@NullMarked
package org.hikae.it.http.access;

import org.jspecify.annotations.NullMarked;
