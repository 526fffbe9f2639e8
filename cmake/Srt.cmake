# libsrt in the flavour that FFmpeg's libraries bring with them: both flavours export the same names, and a
# process that loads the two of them mixes their code.
pkg_check_modules(SRT REQUIRED IMPORTED_TARGET srt>=1.5.1)

# 1.5.1 itself can be overrun by a publisher before it has said a key; Debian mended it in a revision that the
# library's own version does not tell (CVE-2026-55868, CVE-2026-55869).
set(GEILI_SRT_REVISION "1.5.1-1+deb12u2")
find_program(DPKG_QUERY dpkg-query)
if(DPKG_QUERY AND SRT_VERSION VERSION_EQUAL 1.5.1)
  execute_process(COMMAND ${DPKG_QUERY} -W -f \${Version} libsrt1.5-gnutls
    OUTPUT_VARIABLE found ERROR_QUIET RESULT_VARIABLE missing)
  if(NOT missing)
    execute_process(COMMAND dpkg --compare-versions "${found}" ge "${GEILI_SRT_REVISION}" RESULT_VARIABLE older)
    if(older)
      message(FATAL_ERROR "libsrt1.5-gnutls is ${found}; ${GEILI_SRT_REVISION} or newer is needed: apt-get install libsrt1.5-gnutls.")
    endif()
  endif()
endif()
