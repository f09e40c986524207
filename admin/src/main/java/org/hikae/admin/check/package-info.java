/** What is looked at, one class for each part of an installation. */
@NullMarked
package org.hikae.admin.check;

import org.jspecify.annotations.NullMarked;
