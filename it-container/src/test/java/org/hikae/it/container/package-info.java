/** Use cases inside WildFly, by Arquillian; all of it lies in module it-container. */
@NullMarked
package org.hikae.it.container;

import org.jspecify.annotations.NullMarked;
