/**
 * Anyone reads the transparency log: its signed end and its tiles. Each bean states its roles, and
 * none knows HTTP or pages.
 */
@NullMarked
package org.hikae.transparency.boundary;

import org.jspecify.annotations.NullMarked;
