/** Use cases inside WildFly, by Arquillian. */
@NullMarked
package org.hikae.it.container;

import org.jspecify.annotations.NullMarked;
