/**
 * Devices, sessions, consents and their texts, backup sets and wraps as JPA entities. Knows no
 * store.
 */
@NullMarked
package org.hikae.enrollment.entity;

import org.jspecify.annotations.NullMarked;
