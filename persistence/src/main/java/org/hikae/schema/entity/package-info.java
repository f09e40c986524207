/** What entities of several capabilities have in common. Knows no use case. */
@NullMarked
package org.hikae.schema.entity;

import org.jspecify.annotations.NullMarked;
