/** What devices show of being able to recover, inside WildFly. */
@NullMarked
package org.hikae.it.container.drill;

import org.jspecify.annotations.NullMarked;
