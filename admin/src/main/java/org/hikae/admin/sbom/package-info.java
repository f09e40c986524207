/** What ships as a bill of materials (CycloneDX), and which known advisories (OSV) touch it. */
@NullMarked
package org.hikae.admin.sbom;

import org.jspecify.annotations.NullMarked;
