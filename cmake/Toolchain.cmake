# Compiler and linker settings that hold for every room.
set(GEILI_SANITIZE "" CACHE STRING "Sanitizers for everything, for example address,undefined")
option(GEILI_FUZZ "Build the libFuzzer targets instead of the tests" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -gline-tables-only")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -gline-tables-only")

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers -Werror
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
add_link_options(-fuse-ld=lld-19)
# Asserts stay in every build: a programmer's mistake stops the program instead of selling twice.
add_compile_options(-UNDEBUG)
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)

if(GEILI_SANITIZE)
  add_compile_options(-fsanitize=${GEILI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -O1)
  add_link_options(-fsanitize=${GEILI_SANITIZE})
endif()

if(GEILI_FUZZ)
  # Without this the fuzzer sees its own few lines alone and searches blindly.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What is served and measured takes its memory from jemalloc: its threads do not wait for each other
# there, and its heap does not grow with the days. The sanitizers bring allocators of their own.
function(geili_allocator)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    foreach(target ${ARGN})
      target_link_libraries(${target} -Wl,--no-as-needed jemalloc -Wl,--as-needed)
    endforeach()
  endif()
endfunction()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
