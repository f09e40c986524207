/**
 * Forms and signatures of what devices send, and when a consent text takes effect. Pure: knows no
 * entity, store or bean.
 */
@NullMarked
package org.hikae.enrollment.control;

import org.jspecify.annotations.NullMarked;
