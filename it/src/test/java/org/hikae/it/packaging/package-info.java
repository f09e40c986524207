/** What the shipped EAR holds and, above all, what it must not hold. */
@NullMarked
package org.hikae.it.packaging;

import org.jspecify.annotations.NullMarked;
