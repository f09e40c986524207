/** What pages show of repositories, and what people do with them there. */
@NullMarked
package org.hikae.backup.faces;

import org.jspecify.annotations.NullMarked;
