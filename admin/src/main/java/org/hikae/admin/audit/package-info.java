/** Checking an export of the audit trail with nothing but the file (spec, page audit.md). */
@NullMarked
package org.hikae.admin.audit;

import org.jspecify.annotations.NullMarked;
