/**
 * Who runs the backup sees how many people have shown that they can recover. Each bean states its
 * roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.insight.recovery.boundary;

import org.jspecify.annotations.NullMarked;
