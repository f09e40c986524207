/** Notices, their deliveries and recipients as JPA entities. Knows no store. */
@NullMarked
package org.hikae.notice.entity;

import org.jspecify.annotations.NullMarked;
