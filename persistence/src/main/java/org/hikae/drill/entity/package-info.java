/** What devices have shown of being able to recover, as JPA entities. Knows no store. */
@NullMarked
package org.hikae.drill.entity;

import org.jspecify.annotations.NullMarked;
