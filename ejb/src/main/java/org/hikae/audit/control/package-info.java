/** How the trail is written into a file. */
@NullMarked
package org.hikae.audit.control;

import org.jspecify.annotations.NullMarked;
