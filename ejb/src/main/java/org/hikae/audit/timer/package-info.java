/** What keeps the chain up to date. */
@NullMarked
package org.hikae.audit.timer;

import org.jspecify.annotations.NullMarked;
