# A room is a folder of src/ and one static library. Its headers are reachable only through an include
# directory of its own, so that a source file sees the rooms its target declares and no others.
#
#   geili_room(NAME live PATH live DEPENDS base bus LIBS Boost::headers)
#
# Every *_test.cpp in the folder becomes <name>_test, every *_fuzz.cpp a fuzz target of its file's name,
# every other *.cpp part of the library. PATH may be nested (store/sqlite): such a room's files are left
# out of the room around it.
set(GEILI_ROOMS_DIR ${PROJECT_BINARY_DIR}/rooms)

# Makes src/<path> reachable below the room's own include directory, without the rooms nested in it.
function(_geili_show_room name path nested)
  set(dir ${PROJECT_SOURCE_DIR}/src/${path})
  set(face ${GEILI_ROOMS_DIR}/${name}/${path})
  get_filename_component(parent ${face} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  if(NOT nested)
    if(IS_DIRECTORY ${face} AND NOT IS_SYMLINK ${face})
      file(REMOVE_RECURSE ${face})
    endif()
    file(CREATE_LINK ${dir} ${face} SYMBOLIC)
    return()
  endif()
  if(IS_SYMLINK ${face})
    file(REMOVE ${face})
  endif()
  file(REMOVE_RECURSE ${face})
  file(MAKE_DIRECTORY ${face})
  file(GLOB entries RELATIVE ${dir} CONFIGURE_DEPENDS ${dir}/*)
  list(REMOVE_ITEM entries ${nested})
  foreach(entry ${entries})
    file(CREATE_LINK ${dir}/${entry} ${face}/${entry} SYMBOLIC)
  endforeach()
endfunction()

function(geili_room)
  cmake_parse_arguments(ROOM "TESTS_AT_ONCE" "NAME;PATH;POSTGRES_TESTS" "DEPENDS;LIBS;TEST_LIBS;NESTED" ${ARGN})
  set(dir ${PROJECT_SOURCE_DIR}/src/${ROOM_PATH})
  set(target geili_${ROOM_NAME})

  _geili_show_room(${ROOM_NAME} ${ROOM_PATH} "${ROOM_NESTED}")

  file(GLOB_RECURSE all CONFIGURE_DEPENDS ${dir}/*.cpp)
  foreach(nested ${ROOM_NESTED})
    list(FILTER all EXCLUDE REGEX "^${dir}/${nested}/")
  endforeach()
  set(tests ${all})
  set(fuzzers ${all})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER all EXCLUDE REGEX "(_test|_fuzz|_bench)\\.cpp$")

  if(all)
    add_library(${target} STATIC ${all})
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${GEILI_ROOMS_DIR}/${ROOM_NAME})
  list(TRANSFORM ROOM_DEPENDS PREPEND geili_)
  target_link_libraries(${target} ${scope} ${ROOM_DEPENDS} ${ROOM_LIBS} Threads::Threads)

  if(tests AND NOT GEILI_FUZZ)
    add_executable(${ROOM_NAME}_test ${tests})
    list(TRANSFORM ROOM_TEST_LIBS REPLACE "^room:" "geili_")
    target_link_libraries(${ROOM_NAME}_test ${target} ${ROOM_TEST_LIBS} GTest::gtest_main)
    target_compile_definitions(${ROOM_NAME}_test PRIVATE GEILI_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    if(ROOM_TESTS_AT_ONCE)
      add_test(NAME ${ROOM_NAME}.all COMMAND ${ROOM_NAME}_test)
      set_tests_properties(${ROOM_NAME}.all PROPERTIES TIMEOUT 300)
    else()
      gtest_discover_tests(${ROOM_NAME}_test TEST_PREFIX ${ROOM_NAME}. DISCOVERY_TIMEOUT 60
        PROPERTIES TIMEOUT 120)
    endif()
    if(ROOM_POSTGRES_TESTS)
      add_test(NAME ${ROOM_NAME}.postgres COMMAND ${ROOM_NAME}_test --gtest_filter=${ROOM_POSTGRES_TESTS})
      # The longest come first, so that none of them ends alone.
      set_tests_properties(${ROOM_NAME}.postgres PROPERTIES TIMEOUT 900 LABELS postgres COST 1000
        ENVIRONMENT GEILI_TEST_STORE=postgres)
    endif()
  endif()

  # The corpus of each target (src/<room>/corpus/<target>/) is replayed by the tests as well, without
  # libFuzzer: tools/fuzz_replay_main.cpp feeds every file of the folder to the target once.
  foreach(source ${fuzzers})
    get_filename_component(name ${source} NAME_WE)
    get_filename_component(folder ${source} DIRECTORY)
    if(GEILI_FUZZ)
      add_executable(${name} ${source})
      target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
      target_link_libraries(${name} ${target})
      set_property(GLOBAL APPEND PROPERTY GEILI_FUZZ_TARGETS ${name})
    else()
      add_executable(${name}_replay ${source} ${PROJECT_SOURCE_DIR}/tools/fuzz_replay_main.cpp)
      target_link_libraries(${name}_replay ${target})
      add_test(NAME ${ROOM_NAME}.${name}.corpus COMMAND ${name}_replay ${folder}/corpus/${name})
    endif()
  endforeach()
endfunction()
