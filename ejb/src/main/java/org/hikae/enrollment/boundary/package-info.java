/**
 * Opting in and out, devices with keys of their own, and the gate that every call of a device
 * passes.
 */
@NullMarked
package org.hikae.enrollment.boundary;

import org.jspecify.annotations.NullMarked;
