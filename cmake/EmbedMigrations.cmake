# Makes the steps of src/store/migrations/ part of the program. As a function it adds the generated
# source to a target; run as a script (cmake -P, with OUT and DIR set) it writes that source.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB steps ${DIR}/*.sql)
  list(SORT steps)
  set(entries "")
  set(count 0)
  foreach(step ${steps})
    get_filename_component(name ${step} NAME_WE)
    math(EXPR count "${count} + 1")
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
      message(FATAL_ERROR "${name}.sql: a migration is named NNNN_name.sql")
    endif()
    set(label ${CMAKE_MATCH_2})
    string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
    file(READ ${step} sql)
    string(APPEND entries "    Migration{${number}, \"${label}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  file(WRITE ${OUT} "#include \"store/migrations.hpp\"

#include <array>

namespace geili::store {

std::span<const Migration> migrations() {
  static constexpr std::array<Migration, ${count}> kSteps{{
${entries}  }};
  return kSteps;
}

}  // namespace geili::store
")
  return()
endif()

function(geili_embed_migrations target dir)
  file(GLOB steps CONFIGURE_DEPENDS ${dir}/*.sql)
  set(out ${PROJECT_BINARY_DIR}/generated/migrations.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedMigrations.cmake)
  add_custom_command(OUTPUT ${out} DEPENDS ${steps} ${script} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DDIR=${dir} -P ${script}
    COMMENT "Embedding the schema migrations")
  target_sources(${target} PRIVATE ${out})
endfunction()
