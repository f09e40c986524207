/** Which legal hold and erasure, and where an erasure and a leaver stand. Knows no entity. */
@NullMarked
package org.hikae.lifecycle.value;

import org.jspecify.annotations.NullMarked;
